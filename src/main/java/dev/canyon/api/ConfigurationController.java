package dev.canyon.api;

import dev.canyon.api.audit.Audited;
import dev.canyon.api.json.BodyReader;
import dev.canyon.listener.Applied;
import dev.canyon.listener.ListenerDefinition;
import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerState.Failed;
import dev.canyon.listener.Listeners;
import dev.canyon.settings.CanyonProperties;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** All definitions as one document. How each call is described to its users is in {@link ConfigurationApi}. */
@RestController
class ConfigurationController implements ConfigurationApi {

    static final String PATH = "/api/v1/configuration";
    static final String APPLY_PATH = PATH + "/apply";

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
    @GetMapping(path = PATH, produces = MediaType.APPLICATION_YAML_VALUE)
    public byte[] configurationAsYaml() {
        return yaml.write(ConfigurationDocument.of(directory));
    }

    @Override
    @PostMapping(
            path = APPLY_PATH,
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    public AppliedView apply(@RequestParam MultiValueMap<String, String> parameters, @RequestBody ObjectNode document) {
        ApplyQuery query = ApplyQuery.of(parameters);
        if (query.dryRun()) {
            Audited.as("configuration.plan");
        }
        List<ListenerDefinition> wanted = ConfigurationRequest.definitions(document, bodies, defaultHost);
        if (query.dryRun()) {
            return AppliedView.of(true, listeners.plan(wanted, query.prune()));
        }
        List<Applied> applied = listeners.apply(wanted, query.prune());
        applied.forEach(ConfigurationController::putOnRecord);
        return AppliedView.of(false, applied);
    }

    private static void putOnRecord(Applied applied) {
        Failed failure = applied.failure();
        String refusal = failure == null ? null : failure.reason().toString();
        switch (applied.result()) {
            case CREATED -> Audited.did("listener.create", applied.name(), refusal);
            case UPDATED -> Audited.did("listener.change", applied.name(), refusal);
            case DELETED -> Audited.did("listener.delete", applied.name(), refusal);
            case FAILED -> Audited.did("listener.put", applied.name(), refusal);
            case UNCHANGED -> {}
        }
    }

    @Override
    @PostMapping(
            path = APPLY_PATH,
            consumes = MediaType.APPLICATION_YAML_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    public AppliedView applyYaml(@RequestParam MultiValueMap<String, String> parameters, @RequestBody byte[] document) {
        return apply(parameters, yaml.read(document));
    }
}
