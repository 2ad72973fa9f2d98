// Gives the precompiled header a source to belong to.
