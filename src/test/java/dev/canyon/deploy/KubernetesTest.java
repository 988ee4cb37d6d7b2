package dev.canyon.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Renders the overlays as {@code kubectl apply -k} does, and reads the outcome into the types of Kubernetes' API. */
class KubernetesTest {

    private static final Path OVERLAYS = Path.of("deploy/kubernetes/overlays");

    /** What Canyon takes at most after SIGTERM. */
    private static final int SECONDS_TO_END = 20;

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "apps/v1 StatefulSet", StatefulSet.class,
            "v1 Service", Service.class,
            "v1 ConfigMap", ConfigMap.class,
            "v1 Secret", Secret.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class);

    /** The types keep unknown fields; here they are to be refused. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    @ParameterizedTest
    @ValueSource(strings = {"single", "many"})
    void everyFieldIsOneThatKubernetesHas(String overlay) throws Exception {
        assertThat(resources(overlay)).hasSize(8);
    }

    @ParameterizedTest
    @CsvSource({
        "readOnlyRootFilesystem, readOnlyRootFileSystem",
        "replicas, replica",
        "optional, optionl",
        "targetPort, target-port",
        "maxUnavailable, maxUnavailible",
        "namespaceSelector, namespaceselector",
        "policyTypes, policyType",
    })
    void aMisspeltFieldIsRefusedWhereverItIs(String field, String misspelt) throws Exception {
        String text = STRICT.writeValueAsString(render("single"));
        assertThat(text).contains('"' + field + '"');
        List<JsonNode> wrong = new ArrayList<>();
        STRICT.readTree(text.replace('"' + field + '"', '"' + misspelt + '"')).forEach(wrong::add);
        assertThatThrownBy(() -> read(wrong))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining(misspelt);
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "many"})
    void whatIsTestedIsWhatKubectlWouldApply(String overlay) throws Exception {
        assertThat(render(overlay)).containsExactlyInAnyOrderElementsOf(Kustomization.documents(kubectl(overlay)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "many"})
    void podsKeepToTheRestrictedProfile(String overlay) throws Exception {
        var pod = only(StatefulSet.class, resources(overlay))
                .getSpec()
                .getTemplate()
                .getSpec();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getContainers()).allSatisfy(container -> {
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getSecurityContext().getCapabilities().getAdd())
                    .isNullOrEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "many"})
    void everythingSelectsThePods(String overlay) throws Exception {
        List<HasMetadata> resources = resources(overlay);
        var template = only(StatefulSet.class, resources).getSpec().getTemplate();
        Map<String, String> labels = template.getMetadata().getLabels();
        assertThat(only(PodDisruptionBudget.class, resources)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels())
                .isNotEmpty()
                .satisfies(selector -> assertThat(labels).containsAllEntriesOf(selector));
        assertThat(only(NetworkPolicy.class, resources)
                        .getSpec()
                        .getPodSelector()
                        .getMatchLabels())
                .isNotEmpty()
                .satisfies(selector -> assertThat(labels).containsAllEntriesOf(selector));
        assertThat(all(Service.class, resources)).hasSize(3).allSatisfy(service -> {
            assertThat(service.getSpec().getSelector())
                    .isNotEmpty()
                    .satisfies(selector -> assertThat(labels).containsAllEntriesOf(selector));
        });
    }

    @Test
    void manyReplicasShareKeysAndDefinitionsAndKeepNothing() throws Exception {
        List<HasMetadata> resources = resources("many");
        var set = only(StatefulSet.class, resources).getSpec();
        assertThat(set.getReplicas()).isGreaterThan(1);
        assertThat(set.getVolumeClaimTemplates()).isNullOrEmpty();
        String definitions = only(ConfigMap.class, resources).getMetadata().getName();
        assertThat(set.getTemplate().getSpec().getVolumes())
                .anyMatch(volume -> volume.getConfigMap() != null
                        && definitions.equals(volume.getConfigMap().getName()))
                .anyMatch(volume -> volume.getName().equals("data") && volume.getEmptyDir() != null);
        assertThat(set.getTemplate().getSpec().getContainers().get(0).getEnv())
                .anyMatch(variable -> variable.getName().equals("CANYON_SECURITY_ADMIN_KEY")
                        && !variable.getValueFrom().getSecretKeyRef().getOptional());
    }

    /** A listener has its port in four files; one forgotten would be open and out of reach. */
    @ParameterizedTest
    @ValueSource(strings = {"single", "many"})
    void everyDeclaredListenerIsWithinReachAndNothingElseIs(String overlay) throws Exception {
        List<HasMetadata> resources = resources(overlay);
        String definitions = only(ConfigMap.class, resources).getData().get("application.yml");
        List<String> declared = new ArrayList<>();
        Kustomization.documents(definitions)
                .get(0)
                .at("/canyon/listeners")
                .forEach(listener -> declared.add(listener.path("port") + "/"
                        + listener.path("protocol").asText().toUpperCase(Locale.ROOT)));
        assertThat(declared).isNotEmpty();
        List<String> reachable = new ArrayList<>(declared);
        reachable.add("8080/TCP");

        Container canyon = canyon(resources);
        assertThat(canyon.getPorts().stream().map(KubernetesTest::text)).containsExactlyInAnyOrderElementsOf(reachable);
        assertThat(all(Service.class, resources).stream()
                        .flatMap(service -> service.getSpec().getPorts().stream())
                        .map(port -> port.getPort() + "/" + protocol(port.getProtocol())))
                .containsExactlyInAnyOrderElementsOf(reachable);
        assertThat(only(NetworkPolicy.class, resources).getSpec().getIngress().stream()
                        .flatMap(rule -> rule.getPorts().stream())
                        .map(port -> port.getPort().getIntVal() + "/" + protocol(port.getProtocol())))
                .containsExactlyInAnyOrderElementsOf(reachable);
    }

    /** With the default policy Kubernetes waits for the broken pod to get ready, for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"single", "many"})
    void aPodThatCannotStartIsReplacedOnceItsDefinitionIsCorrected(String overlay) throws Exception {
        assertThat(only(StatefulSet.class, resources(overlay)).getSpec().getPodManagementPolicy())
                .isEqualTo("Parallel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "many"})
    void aPodServesUntilNothingIsSentToItAndThenHasTheTimeToEnd(String overlay) throws Exception {
        List<HasMetadata> resources = resources(overlay);
        List<String> stop =
                canyon(resources).getLifecycle().getPreStop().getExec().getCommand();
        assertThat(stop).hasSize(2).startsWith("sleep");
        long grace = only(StatefulSet.class, resources)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getTerminationGracePeriodSeconds();
        assertThat(grace).isGreaterThanOrEqualTo(Integer.parseInt(stop.get(1)) + SECONDS_TO_END);
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "many"})
    void whatIsMountedIsThere(String overlay) throws Exception {
        List<HasMetadata> resources = resources(overlay);
        var set = only(StatefulSet.class, resources).getSpec();
        List<String> volumes = new ArrayList<>();
        set.getTemplate().getSpec().getVolumes().forEach(volume -> volumes.add(volume.getName()));
        set.getVolumeClaimTemplates()
                .forEach(claim -> volumes.add(claim.getMetadata().getName()));
        assertThat(canyon(resources).getVolumeMounts())
                .extracting(VolumeMount::getName)
                .containsExactlyInAnyOrderElementsOf(volumes);
    }

    private static Container canyon(List<HasMetadata> resources) {
        return only(StatefulSet.class, resources)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
    }

    private static String text(ContainerPort port) {
        return port.getContainerPort() + "/" + protocol(port.getProtocol());
    }

    private static String protocol(@Nullable String named) {
        return named == null ? "TCP" : named;
    }

    private static <T> T only(Class<T> kind, List<HasMetadata> resources) {
        assertThat(all(kind, resources)).hasSize(1);
        return all(kind, resources).get(0);
    }

    private static <T> List<T> all(Class<T> kind, List<HasMetadata> resources) {
        return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static List<HasMetadata> resources(String overlay) throws Exception {
        return read(render(overlay));
    }

    private static List<HasMetadata> read(List<JsonNode> rendered) throws IOException {
        List<HasMetadata> resources = new ArrayList<>();
        for (JsonNode resource : rendered) {
            String kind = resource.path("apiVersion").asText() + " "
                    + resource.path("kind").asText();
            assertThat(KINDS).containsKey(kind);
            resources.add(STRICT.treeToValue(resource, KINDS.get(kind)));
        }
        return resources;
    }

    private static List<JsonNode> render(String overlay) throws IOException {
        return Kustomization.render(OVERLAYS.resolve(overlay));
    }

    /** The rendering of kustomize itself, with the hash taken from the ConfigMap's name. */
    private static String kubectl(String overlay) throws IOException, InterruptedException {
        Process kubectl;
        try {
            kubectl = new ProcessBuilder(
                            "kubectl", "kustomize", OVERLAYS.resolve(overlay).toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException ex) {
            assumeTrue(false, "needs kubectl, to compare with its rendering: " + ex.getMessage());
            throw ex;
        }
        String rendered = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor()).as(rendered).isZero();
        return rendered.replaceAll("canyon-listeners-[a-z0-9]{10}\\b", "canyon-listeners");
    }
}
