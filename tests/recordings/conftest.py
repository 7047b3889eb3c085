from tests.recordings.web import healthy_web, web_is_there

__all__ = ["healthy_web", "web_is_there"]
