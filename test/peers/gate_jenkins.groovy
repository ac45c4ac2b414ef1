// Reads a Jenkinsfile with real Groovy and goes through it, saying each directive's name. What a `sh` step would
// run is written, by itself, into the file that is named second.
class Directives extends Script {
  static List<String> scripts = []
  Object run() { null }
  Object methodMissing(String name, Object arguments) {
    println name
    for (each in arguments as List) {
      if (each instanceof Closure) {
        each.delegate = this
        each.resolveStrategy = Closure.DELEGATE_FIRST
        each.call()
      } else if (name == 'sh') scripts << each
    }
    null
  }
  Object propertyMissing(String name) { name == 'params' ? [:] : name }
}

def settings = new org.codehaus.groovy.control.CompilerConfiguration(scriptBaseClass: Directives.name)
new GroovyShell(Directives.classLoader, new Binding(), settings).parse(new File(args[0])).run()
new File(args[1]).text = Directives.scripts.join('\n')
