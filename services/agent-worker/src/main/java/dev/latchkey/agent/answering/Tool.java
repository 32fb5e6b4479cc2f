package dev.latchkey.agent.answering;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Something that agents may use for the user who asks. Whatever goes wrong is a sentence for the model. */
public interface Tool {
    /** What the model is told of it. */
    ToolOffer offer();

    /** What is wrong with arguments that name all that the offer requires; empty for arguments that can be used. */
    default Optional<String> objection(Map<String, String> arguments) {
        return Optional.empty();
    }

    /** What came of it, for the model to read. Arguments were looked at before; the same use again changes nothing. */
    String use(Use use) throws InterruptedException;

    /** For whom, in which run and call, and with which arguments. */
    record Use(UUID userId, UUID promptId, String callId, Map<String, String> arguments) {
        public Use {
            arguments = Map.copyOf(arguments);
        }
    }
}
