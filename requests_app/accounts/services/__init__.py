from requests_app.accounts.services.agents import Grant, change_agent, create_agent, leave

__all__ = ["Grant", "change_agent", "create_agent", "leave"]
