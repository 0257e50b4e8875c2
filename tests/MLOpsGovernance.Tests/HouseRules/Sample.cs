using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace MLOpsGovernance.Tests.HouseRules;

/// <summary>Makes a value of any type of the domain in which nothing is null, empty or a default, so that a field that gets lost is missed.</summary>
internal static class Sample
{
    /// <summary>In an order that a culture would change: capitals before small letters.</summary>
    private static readonly string[] Keys = ["B", "a", "b"];

    public static object Of(Type type) => Of(type, type.Name);

    private static object Of(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => $"{name}-ä\"\n",
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) => 7,
            _ when type == typeof(long) => long.MaxValue - 7,
            _ when type == typeof(double) => 0.1 + 0.2,
            _ when type == typeof(decimal) => 1234567890.123456789m,
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567),
            _ when type == typeof(DateOnly) => new DateOnly(2026, 11, 23),
            { IsEnum: true } => Enum.GetValues(type).GetValue(1)!,
            { IsGenericType: true } => Many(type, name),
            { IsClass: true } => Record(type),
            _ => throw new NotSupportedException($"There is no sample of {type} for {name}."),
        };
    }

    private static object Many(Type type, string name)
    {
        var (kind, arguments) = (type.GetGenericTypeDefinition(), type.GetGenericArguments());
        if (kind == typeof(IReadOnlyList<>) || kind == typeof(ImmutableList<>))
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(arguments))!;
            for (var i = 0; i < 2; i++) list.Add(Of(arguments[0], $"{name}{i}"));
            return kind == typeof(ImmutableList<>) ? Call(typeof(ImmutableList), nameof(ImmutableList.CreateRange), arguments, list) : list;
        }

        if (type == typeof(ImmutableSortedSet<int>)) return ImmutableSortedSet.Create(1, 2, 10);
        if (kind == typeof(ImmutableSortedSet<>)) return ImmutableSortedSet.CreateRange(StringComparer.Ordinal, Keys);
        if (kind == typeof(ImmutableSortedDictionary<,>) && arguments[0] == typeof(string)) return Filled(Map(StringComparer.Ordinal, arguments[1]), Keys, arguments[1]);
        if (kind == typeof(ImmutableSortedDictionary<,>) && arguments[0] == typeof(int)) return Filled(Map(Comparer<int>.Default, arguments[1]), [1, 2, 10], arguments[1]);
        throw new NotSupportedException($"There is no sample of {type} for {name}.");
    }

    private static object Map<TKey>(IComparer<TKey> comparer, Type value) =>
        Call(typeof(ImmutableSortedDictionary), nameof(ImmutableSortedDictionary.Create), [typeof(TKey), value], comparer);

    private static object Filled<TKey>(object map, TKey[] keys, Type value)
    {
        foreach (var key in keys) map = map.GetType().GetMethod("Add", [typeof(TKey), value])!.Invoke(map, [key, Of(value, $"{key}")])!;
        return map;
    }

    private static object Call(Type type, string method, Type[] arguments, object parameter) => type.GetMethods()
        .Where(m => m.Name == method && m.GetParameters().Length == 1 && m.GetGenericArguments().Length == arguments.Length)
        .Select(m => m.MakeGenericMethod(arguments))
        .Single(m => m.GetParameters()[0].ParameterType.IsInstanceOfType(parameter))
        .Invoke(null, [parameter])!;

    private static object Record(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType, p.Name!))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && constructor.GetParameters().All(c => c.Name != p.Name)))
            property.SetValue(made, Of(property.PropertyType, property.Name));
        return made;
    }
}
