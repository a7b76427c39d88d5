package io.bailiwick;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** What stands around the methods of a port: it calls the real one, and may do otherwise. */
public interface AroundPort {

  /** The real port alone. */
  AroundPort NOTHING = (method, arguments, real) -> real.call();

  /** What the real port would answer. */
  interface Real {
    Object call() throws Throwable;
  }

  /** What a caller of that method gets. */
  Object call(String method, Object[] arguments, Real real) throws Throwable;

  /** The port with this around it. */
  static <T> T of(Class<T> port, T real, AroundPort around) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) ->
                around.call(method.getName(), arguments, () -> called(real, method, arguments))));
  }

  private static Object called(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
