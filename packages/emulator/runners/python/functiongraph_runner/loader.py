"""Finds the functions that handlers name."""

import importlib
import importlib.util
import os
import sys

from .failure import ENTRY, INVOCATION, Failure, failure_of


class Loader:
    """Loads modules from the folder of the code, each once."""

    def __init__(self, code_folder):
        self._folder = code_folder
        self._modules = {}

    def find(self, handler, kind="handler"):
        """The function of `file.function`; the file may lie in folders, divided by `/` or by `.`. `kind` is what messages call it. Raises Failure."""
        module_path, dot, name = handler.rpartition(".")
        if not dot or not module_path or not name:
            raise Failure(ENTRY, "FunctionConfigError", "%s '%s' is not of the form file.function" % (kind, handler))
        if module_path not in self._modules:
            self._modules[module_path] = self._load(module_path)
        function = getattr(self._modules[module_path], name, None)
        if not callable(function):
            raise Failure(
                ENTRY,
                "FunctionConfigError",
                "%s '%s' not found in module '%s'" % (kind, name, _shown(module_path)),
            )
        return function

    def _load(self, module_path):
        parts = module_path.replace("/", ".").strip(".").split(".")
        if not all(parts):
            raise _not_found(module_path)
        try:
            return self._import(module_path, parts)
        except SyntaxError as error:
            text = "Syntax error in module '%s'(%s)" % (".".join(parts), error)
            raise failure_of(error, INVOCATION, self._folder).changed(text=text)
        except BaseException as error:
            raise failure_of(error, INVOCATION, self._folder)

    def _import(self, module_path, parts):
        name = ".".join(parts)
        path = os.path.join(self._folder, *parts) + ".py"
        if not os.path.isfile(path):
            # A file with dots in its name.
            path = os.path.join(self._folder, module_path + ".py")
        origin = _origin_of(name)
        if os.path.isfile(path) and origin != path:
            # Python has a module of this name itself, which others may have imported or want to.
            return _load_file("function_" + "_".join(parts), path)
        if origin is None or not origin.startswith(self._folder + os.sep):
            raise _not_found(module_path)
        return importlib.import_module(name)


def _origin_of(name):
    try:
        spec = importlib.util.find_spec(name)
    except ModuleNotFoundError as error:
        if error.name and (name + ".").startswith(error.name + "."):
            return None
        raise
    except ValueError:
        # A module that was made by hand.
        return None
    return spec.origin if spec else None


def _load_file(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _shown(module_path):
    return "./%s.py" % (module_path if "/" in module_path else module_path.replace(".", "/"))


def _not_found(module_path):
    return Failure(ENTRY, "FunctionLoadError", "not found module '%s'" % _shown(module_path))
