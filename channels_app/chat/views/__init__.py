from channels_app.chat.views.beginning import begin
from channels_app.chat.views.thread import messages, tell_felt, thread

__all__ = ["begin", "messages", "tell_felt", "thread"]
