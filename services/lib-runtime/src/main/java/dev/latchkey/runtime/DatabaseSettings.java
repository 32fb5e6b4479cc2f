package dev.latchkey.runtime;

import java.util.Properties;

/** Where PostgreSQL is and as whom to speak to it. */
public record DatabaseSettings(String url, String user, String password, int poolSize) {
    public static final String URL = "LATCHKEY_DATABASE_URL";
    public static final String USER = "LATCHKEY_DATABASE_USER";
    public static final String PASSWORD = "LATCHKEY_DATABASE_PASSWORD";
    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "20";

    public static DatabaseSettings from(Settings settings) {
        return new DatabaseSettings(
                settings.text(URL),
                settings.text(USER),
                settings.text(PASSWORD, ""),
                settings.number("LATCHKEY_DATABASE_POOL_SIZE", 10));
    }

    /**
     * For the driver, in the name of a program: nobody waits for ever for a server that is gone, and no exception quotes the
     * parameters of a statement or the row that a constraint was about.
     */
    public Properties driverProperties(String program) {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", ANSWER_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("ApplicationName", "latchkey-" + program);
        return properties;
    }

    /** The address without its parameters, which may hold a password. */
    public String address() {
        return url.replaceFirst("\\?.*", "");
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + address() + ", user=" + user + ", poolSize=" + poolSize + "]";
    }
}
