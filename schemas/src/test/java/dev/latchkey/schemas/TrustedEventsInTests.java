package dev.latchkey.schemas;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Before any test of any module makes an event: services do it when they make their format, tests may have none. */
public final class TrustedEventsInTests implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        TrustedEvents.trust();
    }
}
