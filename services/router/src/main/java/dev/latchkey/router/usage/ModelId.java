package dev.latchkey.router.usage;

/** A model of a provider, by the names that prompts are routed with. */
public record ModelId(String provider, String model) {
    private static final String GEMINI_PREFIX = "models/";

    /** Gemini's names come with and without their prefix. */
    public ModelId {
        model = model.startsWith(GEMINI_PREFIX) ? model.substring(GEMINI_PREFIX.length()) : model;
    }
}
