"""What the screens say, and their buttons: models and a translator in, a `Screen` out. Pure."""
