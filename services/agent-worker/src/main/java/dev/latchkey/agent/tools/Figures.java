package dev.latchkey.agent.tools;

import java.util.UUID;

/** Where figures come from: whoever keeps the books. */
public interface Figures {
    Finding find(Question question) throws InterruptedException;

    /** What can be asked. */
    sealed interface Question {
        /** What a user holds. */
        record OfPositions(UUID userId) implements Question {}

        /** What all of a user comes to, in each currency. */
        record OfPnl(UUID userId) implements Question {}

        /** What a symbol cost last. */
        record OfPrice(String symbol) implements Question {}
    }

    /** What came of a question. */
    sealed interface Finding {
        /** The figures as they are kept: JSON, with decimals as text. */
        record Found(String json) implements Finding {}

        /** There is no such thing. */
        record Unknown() implements Finding {}

        /** Nobody can tell now. */
        record Away() implements Finding {}
    }
}
