package dev.latchkey.api.credentials;

/**
 * Where a credential stands among its owner's others.
 *
 * @param revision at which it changed last
 * @param defaultRevision at which it was last made default; 0 if never
 */
public record Standing(long revision, long defaultRevision, boolean isDefault, boolean isActive) {
    public Standing {
        if (isDefault && (!isActive || defaultRevision == 0)) {
            throw new IllegalArgumentException("a default is active and was made default at some revision");
        }
        if (revision < 1 || defaultRevision < 0 || defaultRevision > revision) {
            throw new IllegalArgumentException(
                    "0 <= defaultRevision <= revision, not " + defaultRevision + " and " + revision);
        }
    }

    Standing at(long newRevision) {
        return new Standing(newRevision, defaultRevision, isDefault, isActive);
    }

    Standing asDefault(long newRevision) {
        return new Standing(newRevision, newRevision, true, isActive);
    }

    Standing deleted(long newRevision) {
        return new Standing(newRevision, defaultRevision, false, false);
    }
}
