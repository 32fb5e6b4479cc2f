package dev.latchkey.api.rewrap;

/** The events that tell everybody what is stored. */
public interface Announcements {
    /** The newest event that there is now. */
    long newest();

    /** Waits until an event and all before it are published; false when publishing has come to a stand. */
    boolean awaitPublished(long event);

    /** How many keys whoever reads their topic knows that are sealed below this version. */
    long knownBelow(int version);
}
