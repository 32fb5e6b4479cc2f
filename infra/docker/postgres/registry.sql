-- PostgreSQL's image runs this once, on an empty volume. Latchkey's own database is the image's POSTGRES_DB.
CREATE DATABASE registry;
