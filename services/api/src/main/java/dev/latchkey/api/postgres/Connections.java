package dev.latchkey.api.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections that are in nobody else's hands. */
@FunctionalInterface
public interface Connections {
    Connection open() throws SQLException;
}
