package dev.latchkey.standins.providers;

/** What a request wants to have. */
sealed interface Wanted {
    /** Empty where none is named. */
    default String model() {
        return "";
    }

    record Models() implements Wanted {}

    record Chat(Question question) implements Wanted {
        @Override
        public String model() {
            return question.model();
        }
    }

    /** Nothing that can be understood. */
    record Nonsense() implements Wanted {}
}
