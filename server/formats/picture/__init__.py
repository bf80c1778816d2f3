"""Pictures of strangers: decoded and encoded anew by a process of its own, behind the fence."""
