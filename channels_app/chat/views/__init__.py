from channels_app.chat.views.beginning import begin
from channels_app.chat.views.thread import leave, messages, tell_felt, thread

__all__ = ["begin", "leave", "messages", "tell_felt", "thread"]
