"""The thin layer over aiohttp: typed handlers, authentication, answers, problems, and the description of it all.

A *route* is a handler with its path and the permission it needs; what a handler takes is read from its annotations
once, when the application is built. A *problem* is a refusal as RFC 9457 writes it.

Invariants: every route names who may call it; a handler that takes a `UnitOfWork` commits by returning and undoes by
raising; a repeated `Idempotency-Key` changes nothing twice.
"""
