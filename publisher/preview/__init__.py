"""Preview: a page in the browser that shows a collection as it will be, while it is worked on.

A process of its own makes what is shown (`rounds`, `hand`); the server beside it keeps the newest
of it (`showing`), draws its pages, and tells browsers what changed (`serving`). It writes one file,
`collection.toml`, when an editor drags essays into another order (`arranging`).
"""
