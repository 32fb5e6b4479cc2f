package dev.latchkey.agent.langchain4j;

/** What the machine-readable words of a provider say beyond the status. The words themselves stay with its dialect. */
enum Meaning {
    KEY_REFUSED,
    /** The key is one, but nothing is left to pay with: no other request with it is answered either. */
    NO_CREDIT,
    NOT_SERVED_HERE,
    MODEL_UNKNOWN,
    TOO_LONG,
    CONTENT_REFUSED,
    /** The answer ends where the model had no tokens left. */
    CUT_OFF,
    /** The model wanted a tool, and the provider could not read what it wrote. */
    CALL_UNREADABLE,
    /** Nothing beyond the status. */
    NONE
}
