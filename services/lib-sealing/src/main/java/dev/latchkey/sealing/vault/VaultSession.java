package dev.latchkey.sealing.vault;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's place in Vault: owns its token, and is the one who logs in again. What a token still has to live is asked of
 * Vault and never reckoned, so that no clock can be wrong.
 */
public final class VaultSession {
    private static final Logger LOG = LoggerFactory.getLogger(VaultSession.class);
    /** A login that Vault refused, or whose token can do nothing, is no use at once: half a minute of looks. */
    private static final int LOOKS_AFTER_REFUSAL = 15;

    private static final int UNKNOWN = 403;
    private static final int SEALED = 503;

    private final VaultSettings settings;
    private final TokenDesk desk;
    private volatile Held held;
    private int looksBeforeLogin;

    /**
     * The token in use.
     *
     * @param span how long it had to live when it was new or newly renewed
     */
    private record Held(String token, Duration span) {
        static Held of(TokenAnswer.Good good) {
            return new Held(good.token(), good.left());
        }

        boolean isDue(Duration left) {
            return left.isPositive() && left.multipliedBy(3).compareTo(span) <= 0;
        }
    }

    private VaultSession(VaultSettings settings, TokenDesk desk, Held held) {
        this.settings = settings;
        this.desk = desk;
        this.held = held;
    }

    /** Throws StartRefused with one sentence that names what is wrong and the setting to look at, within 8 s. */
    public static VaultSession open(VaultSettings settings) {
        var desk = new TokenDesk(settings.address());
        var door = new FrontDoor(settings);
        var token = switch (settings.login()) {
            case VaultLogin.FixedToken(var text) -> text;
            case VaultLogin.AppRole role ->
                door.loggedIn(desk.logIn(role), role).token();
        };
        return new VaultSession(settings, desk, Held.of(door.known(desk.lookUp(token))));
    }

    VaultSettings settings() {
        return settings;
    }

    String token() {
        return held.token();
    }

    /**
     * What to try instead of a token that Vault refused to work for. Empty when Vault knows that token, and so refused
     * the work; and after a login that failed, until {@link #look} may log in again.
     */
    synchronized Optional<String> insteadOf(String refused) {
        if (held.token().equals(refused) && !isReplaced(refused)) {
            return Optional.empty();
        }
        return Optional.of(held.token());
    }

    /**
     * Looks after the token: renews it when a third of its life is left, and logs in again when it can not live on or is
     * not known any more. To be called every few seconds; takes up to 12 s.
     *
     * @return whether Vault answers, is unsealed and knows this service
     */
    public synchronized boolean look() {
        looksBeforeLogin = Math.max(0, looksBeforeLogin - 1);
        return switch (desk.lookUp(held.token())) {
            case TokenAnswer.Good good -> {
                lengthen(good.left());
                yield true;
            }
            case TokenAnswer.Refused(int status) -> status == UNKNOWN && logIn("unknown");
            case TokenAnswer.Unasked _, TokenAnswer.Silence _ -> false;
        };
    }

    private boolean isReplaced(String refused) {
        return looksBeforeLogin == 0
                && settings.login() instanceof VaultLogin.AppRole
                && desk.lookUp(refused) instanceof TokenAnswer.Refused(int status)
                && status == UNKNOWN
                && logIn("unknown");
    }

    private void lengthen(Duration left) {
        if (left.compareTo(held.span()) > 0) {
            held = new Held(held.token(), left);
        }
        if (held.isDue(left) && !isRenewed() && !logIn("ending")) {
            held = new Held(held.token(), left);
        }
    }

    /** A renewal that gives less than there was before has met the longest life that the token may have. */
    private boolean isRenewed() {
        return desk.renew(held.token()) instanceof TokenAnswer.Good(var _, var left)
                && left.compareTo(held.span()) >= 0;
    }

    private boolean logIn(String oldToken) {
        return switch (settings.login()) {
            case VaultLogin.FixedToken _ -> false;
            case VaultLogin.AppRole role -> looksBeforeLogin == 0 && isAdopted(freshToken(role), oldToken);
        };
    }

    /** A token counts once Vault knows it: one that may not even look itself up would be taken for unknown for ever. */
    private TokenAnswer freshToken(VaultLogin.AppRole role) {
        var answer = desk.logIn(role);
        return answer instanceof TokenAnswer.Good(var token, var _) ? desk.lookUp(token) : answer;
    }

    private boolean isAdopted(TokenAnswer answer, String oldToken) {
        return switch (answer) {
            case TokenAnswer.Good good -> {
                held = Held.of(good);
                LOG.info("Logged in to Vault again oldToken={}", oldToken);
                yield true;
            }
            case TokenAnswer.Refused(int status) -> postponed(status == SEALED ? 1 : LOOKS_AFTER_REFUSAL, answer);
            case TokenAnswer.Unasked _, TokenAnswer.Silence _ -> postponed(1, answer);
        };
    }

    private boolean postponed(int looks, TokenAnswer answer) {
        looksBeforeLogin = looks;
        LOG.warn("Login to Vault failed answer={}", answer);
        return false;
    }
}
