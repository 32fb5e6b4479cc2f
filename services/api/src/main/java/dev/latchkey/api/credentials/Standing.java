package dev.latchkey.api.credentials;

/**
 * Where a credential stands among its owner's others.
 *
 * @param revision at which it changed last
 * @param defaultRevision at which it was last made default; 0 if never
 * @param keyRevision at which it got its key; the same key sealed anew is the same key
 */
public record Standing(long revision, long defaultRevision, long keyRevision, boolean isDefault, boolean isActive) {
    public Standing {
        if (isDefault && (!isActive || defaultRevision == 0)) {
            throw new IllegalArgumentException("a default is active and was made default at some revision");
        }
        if (revision < 1 || defaultRevision < 0 || defaultRevision > revision) {
            throw new IllegalArgumentException(
                    "0 <= defaultRevision <= revision, not " + defaultRevision + " and " + revision);
        }
        if (keyRevision < 1 || keyRevision > revision) {
            throw new IllegalArgumentException("1 <= keyRevision <= revision, not " + keyRevision + " and " + revision);
        }
    }

    Standing at(long newRevision) {
        return new Standing(newRevision, defaultRevision, keyRevision, isDefault, isActive);
    }

    Standing withKey(long newRevision) {
        return new Standing(newRevision, defaultRevision, newRevision, isDefault, isActive);
    }

    Standing asDefault(long newRevision) {
        return new Standing(newRevision, newRevision, keyRevision, true, isActive);
    }

    Standing deleted(long newRevision) {
        return new Standing(newRevision, defaultRevision, keyRevision, false, false);
    }
}
