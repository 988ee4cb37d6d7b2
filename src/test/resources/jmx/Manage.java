import java.util.Arrays;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A JMX client with nothing but the JDK: run it with "java Manage.java <url> <command>...". A command is "list",
 * "read:<name>" for all attributes, or an operation as "stop:<name>". What goes wrong is printed as it arrives.
 */
class Manage {

    public static void main(String[] arguments) throws Exception {
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(arguments[0]))) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            for (String command : Arrays.asList(arguments).subList(1, arguments.length)) {
                String[] words = command.split(":");
                try {
                    run(server, words[0], words.length < 2 ? null : new ObjectName("dev.canyon:type=Listener,name=" + words[1]));
                } catch (Exception ex) {
                    System.out.println("error " + command + " = " + ex);
                }
            }
        }
    }

    private static void run(MBeanServerConnection server, String verb, ObjectName name) throws Exception {
        switch (verb) {
            case "list" -> server.queryNames(new ObjectName("dev.canyon:type=Listener,*"), null)
                    .forEach(found -> System.out.println("found " + found.getKeyProperty("name")));
            case "read" -> {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    Object value = server.getAttribute(name, attribute.getName());
                    System.out.println("read " + attribute.getName() + " = " + value);
                }
            }
            default -> {
                server.invoke(name, verb, null, null);
                System.out.println("done " + verb + ", now " + server.getAttribute(name, "State"));
            }
        }
    }
}
