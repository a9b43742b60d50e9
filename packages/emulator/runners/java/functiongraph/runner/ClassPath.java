package functiongraph.runner;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The classes of a function: the archives in the code folder, those in its `lib`, and the classes that lie there unpacked. The parent is
 * asked first, so that the emulator's interfaces of the clouds (`com.services.runtime` and the like) stand, whatever a package
 * brings.
 */
final class ClassPath {
    private ClassPath() {}

    static ClassLoader of(File code) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        addArchives(code, urls);
        addArchives(new File(code, "lib"), urls);
        // The address of a folder ends with a slash once the folder is there.
        urls.add(code.toURI().toURL());
        return new URLClassLoader(urls.toArray(new URL[0]), ClassPath.class.getClassLoader());
    }

    private static void addArchives(File folder, List<URL> urls) throws MalformedURLException {
        String[] names = folder.list();
        if (names == null) return;
        Arrays.sort(names);
        for (String name : names) if (name.endsWith(".jar")) urls.add(new File(folder, name).toURI().toURL());
    }
}
