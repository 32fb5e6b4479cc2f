package dev.latchkey.api.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Takes statements whose answers nobody waits for. */
public interface Statements {
    void run(String statement, @Nullable Object... parameters) throws SQLException;
}
