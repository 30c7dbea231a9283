from channels_app.chat.views.beginning import begin
from channels_app.chat.views.thread import messages, thread

__all__ = ["begin", "messages", "thread"]
