package io.penstock;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * That no public or protected member, nor what a class extends, shows a type of the packages named: a user could not name such a
 * type, for its package is not exported.
 */
final class ShowNothingInternal extends ArchCondition<JavaClass> {

    private final String[] hiddenPackages;

    ShowNothingInternal(String... hiddenPackages) {
        super("show nothing internal in what users see");
        this.hiddenPackages = hiddenPackages;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!type.getModifiers().contains(JavaModifier.PUBLIC)) {
            return;
        }
        List<JavaType> parents = new ArrayList<>(type.getInterfaces());
        type.getSuperclass().ifPresent(parents::add);
        report(type, type.getFullName(), parents, events);
        for (JavaMember member : type.getMembers()) {
            if (isVisible(member)) {
                report(type, member.getFullName(), shownBy(member), events);
            }
        }
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static List<JavaType> shownBy(JavaMember member) {
        List<JavaType> shown = new ArrayList<>();
        if (member instanceof JavaCodeUnit code) {
            shown.add(code.getReturnType());
            shown.addAll(code.getParameterTypes());
            shown.addAll(code.getExceptionTypes());
        } else {
            shown.addAll(member.getAllInvolvedRawTypes());
        }
        return shown;
    }

    private void report(JavaClass type, String where, List<JavaType> shown, ConditionEvents events) {
        for (JavaType one : shown) {
            for (JavaClass involved : one.getAllInvolvedRawTypes()) {
                if (isHidden(involved)) {
                    events.add(SimpleConditionEvent.violated(type, where + " shows " + involved.getFullName()));
                }
            }
        }
    }

    private boolean isHidden(JavaClass type) {
        for (String hidden : hiddenPackages) {
            if (type.getPackageName().equals(hidden) || type.getPackageName().startsWith(hidden + ".")) {
                return true;
            }
        }
        return false;
    }
}
