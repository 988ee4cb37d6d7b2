package dev.canyon.api.configuration;

import dev.canyon.api.audit.Audited;
import dev.canyon.api.http.WaitMs;
import dev.canyon.api.json.BodyReader;
import dev.canyon.api.json.BodyTree;
import dev.canyon.api.json.YamlDocuments;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.listener.ApplyResult;
import dev.canyon.listener.Listeners;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.settings.CanyonProperties;
import dev.canyon.thread.Futures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** All definitions as one document. The operations are documented in {@link ConfigurationApi}. */
@RestController
public class ConfigurationController implements ConfigurationApi {

    static final String PATH = "/api/v1/configuration";
    public static final String APPLY_PATH = PATH + "/apply";

    private final Listeners listeners;
    private final ListenerDirectory directory;
    private final BodyReader bodies;
    private final YamlDocuments yaml;
    private final String defaultHost;

    ConfigurationController(
            Listeners listeners,
            ListenerDirectory directory,
            BodyReader bodies,
            YamlDocuments yaml,
            CanyonProperties properties) {
        this.listeners = listeners;
        this.directory = directory;
        this.bodies = bodies;
        this.yaml = yaml;
        this.defaultHost = properties.defaultHost();
    }

    @Override
    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    public ConfigurationDocument configuration() {
        return ConfigurationDocument.of(directory);
    }

    @Override
    @GetMapping(
            path = PATH,
            produces = {YamlDocuments.YAML, YamlDocuments.X_YAML, YamlDocuments.TEXT_YAML, YamlDocuments.TEXT_X_YAML})
    public byte[] configurationAsYaml() {
        return yaml.write(ConfigurationDocument.of(directory));
    }

    @Override
    @PostMapping(
            path = APPLY_PATH,
            consumes = {
                MediaType.APPLICATION_JSON_VALUE,
                YamlDocuments.YAML,
                YamlDocuments.X_YAML,
                YamlDocuments.TEXT_YAML,
                YamlDocuments.TEXT_X_YAML
            },
            produces = MediaType.APPLICATION_JSON_VALUE)
    public DeferredResult<AppliedView> apply(
            @RequestParam MultiValueMap<String, String> parameters, @RequestBody BodyTree document) {
        ApplyQuery query = ApplyQuery.of(parameters);
        if (query.dryRun()) {
            Audited.as("configuration.plan");
        }
        List<ListenerDefinition> wanted = ConfigurationRequest.definitions(document, bodies, defaultHost);
        DocumentPlaces places = new DocumentPlaces(wanted);
        return WaitMs.answer(Futures.attempt(() -> query.dryRun() ? plan(wanted, query) : apply(wanted, query))
                .exceptionallyCompose(
                        refusal -> CompletableFuture.failedFuture(places.locate(Futures.cause(refusal)))));
    }

    private CompletableFuture<AppliedView> plan(List<ListenerDefinition> wanted, ApplyQuery query) {
        return CompletableFuture.completedFuture(AppliedView.of(true, listeners.plan(wanted, query.prune())));
    }

    private CompletableFuture<AppliedView> apply(List<ListenerDefinition> wanted, ApplyQuery query) {
        Audited.Actions audit = Audited.actions();
        return listeners.apply(wanted, query.prune()).thenApply(applied -> {
            applied.forEach(each -> putOnRecord(each, audit));
            return AppliedView.of(false, applied);
        });
    }

    private static void putOnRecord(ApplyResult applied, Audited.Actions audit) {
        Failed failure = applied.failure();
        String refusal = failure == null ? null : failure.reason().toString();
        switch (applied.result()) {
            case CREATED -> audit.did("listener.create", applied.name(), refusal);
            case UPDATED -> audit.did("listener.change", applied.name(), refusal);
            case DELETED -> audit.did("listener.delete", applied.name(), refusal);
            case FAILED -> audit.did("listener.put", applied.name(), refusal);
            case UNCHANGED -> {}
        }
    }
}
