"""Files that people and staff send: photos, documents, voice, kept in the database, where every process finds them.

An *attachment* is one file with the name and the type that we believe; its *owner* is who sent it (`person:5`,
`staff:2`).

Invariants: what a sender says of a file's type is not believed; a name leads nowhere and reads as it is written; the
same content of the same owner is stored once; nobody attaches what somebody else sent.
"""
