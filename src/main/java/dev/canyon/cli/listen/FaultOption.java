package dev.canyon.cli.listen;

import dev.canyon.definition.TextObject;
import dev.canyon.engine.fault.type.FaultTree;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --fault}: a type, and fields with their values, separated by commas: {@code latency,delayMs=200,when.first=3}. */
final class FaultOption implements ITypeConverter<Map<String, Object>> {

    @Override
    public Map<String, Object> convert(String text) {
        String[] parts = text.split(",", -1);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(FaultTree.DEFINED.discriminator(), parts[0].strip());
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            if (pair.length < 2) {
                throw new TypeConversionException(
                        "'" + parts[i] + "' is not FIELD=VALUE, for example latency,delayMs=200");
            }
            String name = pair[0].strip();
            if (properties.containsKey(name)) {
                throw new TypeConversionException("'" + name + "' is given twice");
            }
            properties.put(name, pair[1].strip());
        }
        return TextObject.read(FaultTree.DEFINED, properties);
    }
}
