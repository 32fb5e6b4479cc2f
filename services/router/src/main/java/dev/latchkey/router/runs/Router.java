package dev.latchkey.router.runs;

import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunReason;
import dev.latchkey.router.defaults.UserCredentials;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Finds the model of a prompt among what its own user has, and nowhere else. */
final class Router {
    static final String NO_AGENT = "There is no agent of that name.";

    private final Optional<SystemModel> systemModel;

    Router(Optional<SystemModel> systemModel) {
        this.systemModel = systemModel;
    }

    Routing route(PromptSubmitted prompt, UserCredentials credentials) {
        return Optional.ofNullable(prompt.getAfter())
                .filter(after -> !credentials.hasSeen(after))
                .<Routing>map(Routing.Waiting::new)
                .orElseGet(() -> choose(prompt, credentials));
    }

    private Routing choose(PromptSubmitted prompt, UserCredentials credentials) {
        var choice = prompt.getModelChoice();
        return switch (choice.getKind()) {
            case USER_DEFAULT -> usersDefault(credentials);
            case CREDENTIAL -> named(choice, credentials);
            case SYSTEM_DEFAULT -> systemsDefault();
        };
    }

    private static Routing usersDefault(UserCredentials credentials) {
        return credentials
                .defaultCredential()
                .map(credential -> releasedUnlessRefused(credential, credentials))
                .orElseGet(() -> new Routing.Refused(
                        RunReason.NO_DEFAULT_MODEL,
                        "You have no default model: make one of your credentials default."));
    }

    /** The first of the user's choice that may be used; when none may, why the first may not. */
    private static Routing named(ModelChoice choice, UserCredentials credentials) {
        return Stream.concat(Stream.of(choice.getCredentialId()), choice.getFallbacks().stream())
                .flatMap(id -> Chain.usable(id, credentials).stream())
                .findFirst()
                .map(Router::released)
                .orElseGet(() -> refused(choice.getCredentialId(), credentials));
    }

    private static Routing refused(UUID credentialId, UserCredentials credentials) {
        return credentials
                .find(credentialId)
                .map(credential -> releasedIfActive(credential, credentials))
                .orElseGet(() -> new Routing.Refused(
                        RunReason.CREDENTIAL_UNKNOWN, "You have no credential " + credentialId + "."));
    }

    private static Routing released(CredentialChanged credential) {
        return new Routing.Released(new ChosenModel.OfUser(credential));
    }

    private static Routing releasedIfActive(CredentialChanged credential, UserCredentials credentials) {
        return credential.getIsActive()
                ? releasedUnlessRefused(credential, credentials)
                : new Routing.Refused(
                        RunReason.CREDENTIAL_INACTIVE,
                        "Your credential " + credential.getCredentialId() + " is deleted.");
    }

    private Routing systemsDefault() {
        return systemModel
                .<Routing>map(model -> new Routing.Released(new ChosenModel.OfSystem(model)))
                .orElseGet(() -> new Routing.Refused(
                        RunReason.SYSTEM_DEFAULT_DISABLED,
                        "The operator of this system offers no default model: choose one of your credentials."));
    }

    private static Routing releasedUnlessRefused(CredentialChanged credential, UserCredentials credentials) {
        return credentials.isRefused(credential)
                ? new Routing.Refused(
                        RunReason.KEY_REFUSED,
                        Endings.refusedKeySentence(credential.getProvider(), credential.getCredentialId()))
                : released(credential);
    }
}
