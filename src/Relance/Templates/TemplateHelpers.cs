using HandlebarsDotNet;
using Relance.Domain.Billing;

namespace Relance.Templates;

/// <summary>The Handlebars environments: HTML escapes every value, plain text (subjects) none.</summary>
internal static class TemplateHelpers
{
    public static IHandlebars Html(MailLocale locale) => Create(locale, new HtmlEncoder());

    public static IHandlebars Text(MailLocale locale) => Create(locale, encoder: null);

    private static IHandlebars Create(MailLocale locale, ITextEncoder? encoder)
    {
        var environment = Handlebars.Create(new HandlebarsConfiguration
        {
            ThrowOnUnresolvedBindingExpression = true,
            NoEscape = encoder is null,
            TextEncoder = encoder,
        });
        environment.RegisterHelper("date", (output, _, args) => output.Write(locale.DateLong(args.At<DateOnly>(0))));
        environment.RegisterHelper("dateShort", (output, _, args) => output.Write(locale.DateShort(args.At<DateOnly>(0))));
        environment.RegisterHelper("money", (output, _, args) => output.Write(locale.Amount(args.At<Money>(0))));
        environment.RegisterHelper("plural", (output, _, args) =>
            output.Write(locale.Plural(args.At<int>(0), args.At<string>(1)!, args.At<string>(2)!)));
        // The layout alone meets it: the sections, rendered and escaped already.
        environment.RegisterHelper("content", (output, context, _) => output.WriteSafeString(context.GetValue<string>("sections")));
        return environment;
    }
}
