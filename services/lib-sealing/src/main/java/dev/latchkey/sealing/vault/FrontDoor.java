package dev.latchkey.sealing.vault;

import dev.latchkey.runtime.StartRefused;

/** What a service that starts is told when Vault does not let it in: one sentence, with the setting to look at. */
final class FrontDoor {
    private final VaultSettings settings;

    FrontDoor(VaultSettings settings) {
        this.settings = settings;
    }

    TokenAnswer.Good loggedIn(TokenAnswer answer, VaultLogin.AppRole role) {
        return good(
                answer,
                " does not let the role in " + VaultLogin.ROLE_ID + " log in with the secret id in "
                        + role.secretId().setting());
    }

    TokenAnswer.Good known(TokenAnswer answer) {
        return good(
                answer,
                switch (settings.login()) {
                    case VaultLogin.FixedToken _ -> " does not accept the token in " + VaultLogin.TOKEN;
                    case VaultLogin.AppRole _ ->
                        " does not let the role in " + VaultLogin.ROLE_ID
                                + " look up its own token: see infra/vault/policies";
                });
    }

    private TokenAnswer.Good good(TokenAnswer answer, String complaint) {
        return switch (answer) {
            case TokenAnswer.Good good -> good;
            case TokenAnswer.Refused(int status) -> throw new StartRefused(vault() + wordsFor(status, complaint));
            case TokenAnswer.Unasked(var why, var cause) -> throw new StartRefused(vault() + why, cause);
            case TokenAnswer.Silence(var cause) -> throw new StartRefused(vault() + " does not answer", cause);
        };
    }

    private static String wordsFor(int status, String complaint) {
        return switch (status) {
            case 400, 403 -> complaint;
            case 503 -> " is sealed";
            default -> " answers with status " + status;
        };
    }

    private String vault() {
        return "Vault at " + settings.address() + " (" + VaultSettings.ADDRESS + ")";
    }
}
