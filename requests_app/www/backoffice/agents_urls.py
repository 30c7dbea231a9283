"""The pages of agents and of their rights."""

from django.urls import path

from requests_app.www.backoffice import agents

urlpatterns = [
    path("", agents.agents, name="agents"),
    path("nouveau/", agents.agent_new, name="agent_new"),
    path("<int:pk>/", agents.agent, name="agent"),
    path("<int:pk>/mot-de-passe/", agents.agent_password, name="agent_password"),
    path("<int:pk>/code/", agents.agent_second_factor, name="agent_second_factor"),
    path("<int:pk>/depart/", agents.agent_leave, name="agent_leave"),
]
