package dev.canyon.certificate;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslProperties;

/**
 * Reports the bundles whose changed files cannot be read, in a line each. It replaces the message of Spring Boot's file watcher,
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
        if (!failure.getLevel().isGreaterOrEqual(Level.WARN)) {
            return;
        }
        SslProperties.Bundles bundles = properties.getBundle();
        List<String> unreadable = Stream.concat(
                        unreadable(bundles.getPem(), PropertiesSslBundle::get),
                        unreadable(bundles.getJks(), PropertiesSslBundle::get))
                .toList();
        unreadable.forEach(reason -> log.warn("{}; its previous certificate stays", reason));
        if (unreadable.isEmpty()) {
            log.warn("{}", failure.getFormattedMessage(), cause(failure));
        }
    }

    /** What is wrong with each bundle that cannot be read. */
    private static <B extends SslBundleProperties> Stream<String> unreadable(Map<String, B> bundles, Consumer<B> read) {
        return bundles.entrySet().stream()
                .filter(bundle -> bundle.getValue().isReloadOnUpdate())
                .flatMap(bundle -> {
                    try {
                        read.accept(bundle.getValue());
                        return Stream.empty();
                    } catch (RuntimeException ex) {
                        return Stream.of(String.valueOf(
                                NamedBundles.unusable(bundle.getKey(), ex).getMessage()));
                    }
                });
    }

    private static @Nullable Throwable cause(ILoggingEvent failure) {
        return failure.getThrowableProxy() instanceof ThrowableProxy logged ? logged.getThrowable() : null;
    }
}
