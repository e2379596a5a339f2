package io.penstock.internal.engine;

import io.penstock.internal.network.BuildVersion;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The MBean {@code kafka.producer:type=app-info,id=<client id>}, there from the start of a producer until it is closed. */
final class AppInfo implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AppInfo.class);

    private final String name;
    private boolean registered;

    /** What monitoring reads off it; the names are Kafka's. */
    public interface AppInfoMBean {
        String getVersion();

        String getCommitId();

        Long getStartTimeMs();
    }

    /** Must be public for JMX, as its interface. */
    public static final class Bean extends javax.management.StandardMBean implements AppInfoMBean {
        private final long startTimeMs;

        Bean(long startTimeMs) {
            super(AppInfoMBean.class, false);
            this.startTimeMs = startTimeMs;
        }

        @Override
        public String getVersion() {
            return BuildVersion.VERSION;
        }

        @Override
        public String getCommitId() {
            return BuildVersion.COMMIT;
        }

        @Override
        public Long getStartTimeMs() {
            return startTimeMs;
        }
    }

    AppInfo(String clientId, long startTimeMs) {
        name = "kafka.producer:type=app-info,id=" + quoted(clientId);
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName objectName = new ObjectName(name);
            if (server.isRegistered(objectName)) {
                LOG.info("{} is registered already, by another producer with the client.id {}", name, clientId);
            } else {
                server.registerMBean(new Bean(startTimeMs), objectName);
                registered = true;
            }
        } catch (JMException | RuntimeException e) {
            LOG.warn("{} could not be registered for JMX", name, e);
        }
    }

    private static String quoted(String clientId) {
        return clientId.matches("[\\w-%\\. \t]*") ? clientId : ObjectName.quote(clientId);
    }

    @Override
    public void close() {
        if (!registered) {
            return;
        }
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName objectName = new ObjectName(name);
            if (server.isRegistered(objectName)) {
                server.unregisterMBean(objectName);
            }
        } catch (JMException | RuntimeException e) {
            LOG.warn("{} could not be unregistered from JMX", name, e);
        }
    }
}
