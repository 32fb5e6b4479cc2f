package dev.latchkey.agent.answering;

import java.util.Map;
import java.util.Optional;

/** How the arguments of a call are read. */
@FunctionalInterface
public interface ArgumentFormat {
    /** Field by field, numbers digit by digit as they were written; empty for what is no JSON object. */
    Optional<Map<String, String>> read(String arguments);
}
