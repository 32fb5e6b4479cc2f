package dev.latchkey.router.runs;

/** The model that the operator pays for, for prompts that ask for the system's default. */
public record SystemModel(String provider, String modelName) {
    public SystemModel {
        if (provider.isBlank() || modelName.isBlank()) {
            throw new IllegalArgumentException("a system model has a provider and a model name");
        }
    }
}
