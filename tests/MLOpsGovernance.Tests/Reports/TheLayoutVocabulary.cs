using System.Reflection;
using System.Runtime.CompilerServices;
using MLOpsGovernance.Reports.Layout;
using MLOpsGovernance.Tests.HouseRules;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Reports;

/// <summary>Documents compile against another engine only as long as the layer says what that engine says. The approved file was held against its published signatures.</summary>
public sealed class TheLayoutVocabulary
{
    private const string Namespace = "MLOpsGovernance.Reports.Layout";

    private static readonly string File_ = Path.Combine(House.Root, "tests", "MLOpsGovernance.Tests", "Reports", "Layout.approved.txt");

    [Fact]
    public void Is_as_approved()
    {
        var said = string.Join('\n', Lines()) + "\n";
        if (File.Exists(File_) && File.ReadAllText(File_) == said) return;
        File.WriteAllText(File_.Replace("approved", "received", StringComparison.Ordinal), said);
        Assert.Fail("The layer's public surface changed: compare Layout.received.txt with the vocabulary before it becomes Layout.approved.txt.");
    }

    [Fact]
    public void Is_all_that_documents_name() =>
        House.Files("src/MLOpsGovernance.Reports/Rendering", ".cs").Select(File.ReadAllText).ShouldAllBe(static text => !text.Contains("#if", StringComparison.Ordinal) && !text.Contains("SkiaSharp", StringComparison.Ordinal) && !text.Contains("Reports.Layout", StringComparison.Ordinal));

    private static IEnumerable<string> Lines()
    {
        foreach (var type in typeof(Document).Assembly.GetExportedTypes().Where(static t => t.Namespace == Namespace && t is { IsNested: false }).OrderBy(static t => t.Name, StringComparer.Ordinal))
        {
            if (type == typeof(Colors))
            {
                foreach (var shade in type.GetNestedTypes().SelectMany(static t => t.GetFields().Select(f => $"Colors.{t.Name}.{f.Name} = {f.GetValue(null)}"))) yield return shade;
                continue;
            }

            if (type.IsEnum) yield return $"enum {type.Name} {{ {string.Join(", ", Enum.GetNames(type).Select(n => $"{n}={(int)Enum.Parse(type, n)}"))} }}";
            else if (typeof(Delegate).IsAssignableFrom(type)) yield return $"delegate {Signature(type.GetMethod("Invoke")!)}";
            else foreach (var line in Members(type)) yield return line;
        }
    }

    private static IEnumerable<string> Members(Type type)
    {
        var extensions = type.IsDefined(typeof(ExtensionAttribute), false);
        if (!extensions) yield return $"{(type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class")} {type.Name}";
        var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(static m => m is not MethodBase { IsSpecialName: true } || m is ConstructorInfo)
            .Where(m => !m.Name.StartsWith('<') && !(type == typeof(TextStyle) && m.Name is "ToString" or "Equals" or "GetHashCode"));
        foreach (var line in members.Select(Said).OfType<string>().Order(StringComparer.Ordinal)) yield return extensions ? line : $"    {line}";
    }

    private static string? Said(MemberInfo member) => member switch
    {
        MethodInfo { Name: "Equals" or "GetHashCode" or "ToString" } => null,
        MethodInfo method => Signature(method),
        ConstructorInfo constructor => $"{constructor.DeclaringType!.Name}({Parameters(constructor)})",
        PropertyInfo property => $"{(property.GetAccessors()[0].IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        _ => null,
    };

    private static string Signature(MethodInfo method) =>
        $"{(method is { IsStatic: true } && !method.IsDefined(typeof(ExtensionAttribute), false) ? "static " : "")}{Name(method.ReturnType)} {(method.Name == "Invoke" ? method.DeclaringType!.Name : method.Name)}{(method.IsGenericMethod ? "<T>" : "")}({(method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "")}{Parameters(method)})";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(static p =>
        $"{(p.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "")}{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? $" = {Default(p)}" : "")}"));

    private static string Default(ParameterInfo p) => p.DefaultValue switch { null => "null", string s => $"\"{s}\"", bool b => b ? "true" : "false", var v when p.ParameterType.IsEnum => $"{p.ParameterType.Name}.{Enum.GetName(p.ParameterType, v!)}", var v => FormattableString.Invariant($"{v}") };

    private static string Name(Type type) => type switch
    {
        _ when type == typeof(void) => "void",
        _ when type == typeof(string) => "string",
        _ when type == typeof(float) => "float",
        _ when type == typeof(int) => "int",
        _ when type == typeof(uint) => "uint",
        _ when type == typeof(byte) => "byte",
        _ when type == typeof(bool) => "bool",
        _ when Nullable.GetUnderlyingType(type) is { } inner => $"{Name(inner)}?",
        { IsArray: true } => $"{Name(type.GetElementType()!)}[]",
        { IsGenericType: true } => $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.Name,
    };
}
