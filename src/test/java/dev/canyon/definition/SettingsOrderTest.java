package dev.canyon.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.identity.ProxyProtocolSettings;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.net.Cidr;
import dev.canyon.net.ListenAddress;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The compact constructors pass their components to the check by position. */
class SettingsOrderTest {

    @TestFactory
    Stream<DynamicTest> aComponentOutOfRangeIsReportedByItsOwnName() {
        EndpointSpec endpoint = new EndpointSpec(
                new ListenAddress("127.0.0.1", 0),
                EndpointSpec.DEFAULT_BUFFER_BYTES,
                List.of(),
                UdpSettings.defaults());
        return Stream.of(
                        TcpSettings.defaults(),
                        UdpSettings.defaults(),
                        TlsSettings.with(Map.of("bundle", "edge")),
                        ProxyProtocolSettings.with(Map.of("mode", "off")),
                        endpoint,
                        new ListenerDefinition("a", endpoint, true, "", Map.of(), Duration.ofSeconds(1), List.of()))
                .flatMap(SettingsOrderTest::tests);
    }

    private static Stream<DynamicTest> tests(Record valid) {
        RecordComponent[] components = valid.getClass().getRecordComponents();
        return Stream.iterate(0, i -> i + 1)
                .limit(components.length)
                // A switch or a choice has no range.
                .filter(i -> components[i].isAnnotationPresent(Setting.class)
                        && components[i].getType() != boolean.class
                        && !components[i].getType().isEnum())
                .map(i -> DynamicTest.dynamicTest(
                        valid.getClass().getSimpleName() + "." + components[i].getName(), () -> {
                            Object[] values = values(valid, components);
                            values[i] = outOfRange(components[i]);
                            assertThat(refusal(valid.getClass(), components, values))
                                    .isInstanceOf(IllegalArgumentException.class)
                                    .message()
                                    .matches("(?s)" + components[i].getName() + "(Ms)?: .*");
                        }));
    }

    private static Object[] values(Record valid, RecordComponent[] components) throws ReflectiveOperationException {
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = components[i].getAccessor().invoke(valid);
        }
        return values;
    }

    private static Object outOfRange(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        Class<?> type = component.getType();
        if (type == int.class) {
            return Math.toIntExact(setting.max() + 1);
        }
        if (type == Duration.class) {
            return Duration.ofMillis(setting.max() + 1);
        }
        if (type == String.class) {
            return "a".repeat(Math.toIntExact(setting.max() + 1));
        }
        if (type == List.class && !setting.pattern().equals(".*")) {
            return Collections.nCopies(Math.toIntExact(setting.max() + 1), "a");
        }
        if (type == List.class) {
            return Collections.nCopies(Math.toIntExact(setting.max() + 1), Cidr.parse("192.0.2.0/24"));
        }
        assertThat(type).isEqualTo(Map.class);
        return Stream.iterate(0, i -> i + 1)
                .limit(setting.max() + 1)
                .collect(Collectors.toMap(i -> "key" + i, i -> ""));
    }

    private static @Nullable Throwable refusal(Class<?> type, RecordComponent[] components, Object[] values)
            throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        try {
            constructor.newInstance(values);
            return null;
        } catch (InvocationTargetException ex) {
            return ex.getCause();
        }
    }
}
