"""Forms with which an organisation lists itself and keeps its listing."""
