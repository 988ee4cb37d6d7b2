package dev.canyon.certificate;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;

/**
 * Reports the bundles whose changed files cannot be read, in a line each. It stands in for the message of Spring Boot's file watcher,
 * which is a stack trace that names neither the bundle nor the file.
 */
final class ReloadFailures extends AppenderBase<ILoggingEvent> {

    static final String FILE_WATCHER = "org.springframework.boot.autoconfigure.ssl.FileWatcher";

    private static final org.slf4j.Logger log = LoggerFactory.getLogger(ReloadFailures.class);

    private final SslProperties properties;

    ReloadFailures(SslProperties properties) {
        this.properties = properties;
    }

    /** Does nothing if another logging system is in use. */
    void install() {
        if (LoggerFactory.getLogger(FILE_WATCHER) instanceof Logger watcher) {
            setContext(watcher.getLoggerContext());
            start();
            watcher.setAdditive(false);
            watcher.addAppender(this);
        }
    }

    void remove() {
        if (LoggerFactory.getLogger(FILE_WATCHER) instanceof Logger watcher) {
            watcher.detachAppender(this);
            watcher.setAdditive(true);
        }
    }

    @Override
    protected void append(ILoggingEvent failure) {
        SslProperties.Bundles bundles = properties.getBundle();
        bundles.getPem().forEach((name, pem) -> check(name, () -> PropertiesSslBundle.get(pem)));
        bundles.getJks().forEach((name, jks) -> check(name, () -> PropertiesSslBundle.get(jks)));
    }

    private static void check(String name, Runnable read) {
        try {
            read.run();
        } catch (RuntimeException ex) {
            log.warn(
                    "{}; its previous certificate stays",
                    NamedBundles.unusable(name, ex).getMessage());
        }
    }
}
