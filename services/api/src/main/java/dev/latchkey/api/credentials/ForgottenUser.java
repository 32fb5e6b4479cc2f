package dev.latchkey.api.credentials;

/** The user was forgotten: the id is used up, and nothing is done for it any more. */
public final class ForgottenUser extends RuntimeException {
    public ForgottenUser() {
        super("the user was forgotten");
    }
}
