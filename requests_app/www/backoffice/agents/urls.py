"""The pages of agents and of their rights."""

from django.urls import path

from requests_app.www.backoffice.agents import agent_views

urlpatterns = [
    path("", agent_views.agents, name="agents"),
    path("nouveau/", agent_views.agent_new, name="agent_new"),
    path("<int:pk>/", agent_views.agent, name="agent"),
    path("<int:pk>/mot-de-passe/", agent_views.agent_password, name="agent_password"),
    path("<int:pk>/code/", agent_views.agent_second_factor, name="agent_second_factor"),
    path("<int:pk>/depart/", agent_views.agent_leave, name="agent_leave"),
]
