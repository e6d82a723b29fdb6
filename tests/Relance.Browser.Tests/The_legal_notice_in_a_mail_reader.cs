using Microsoft.Playwright;
using Relance.Domain.Reminders;
using Relance.Templates;

namespace Relance.Browser.Tests;

/// <summary>The deadline to refuse is in a visible box (C. consom. L215-1): on any width, light or dark, with images off.</summary>
[Collection(Browsing.Name)]
public sealed class The_legal_notice_in_a_mail_reader(Chromium chromium)
{
    public static TheoryData<string, int, bool> Readers()
    {
        var readers = new TheoryData<string, int, bool>();
        foreach (var (language, width) in from language in (string[])["fr", "en"] from width in (int[])[320, 600, 1000] select (language, width))
        {
            readers.Add(language, width, false);
            readers.Add(language, width, true);
        }

        return readers;
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task Shows_its_box(string language, int width, bool dark)
    {
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
        var page = await context.NewPageAsync();
        var mail = TemplatePreview.One(new MailRenderer(), "tacit.legal-notice", language, Tone.Neutral);
        // Images off: the mail as its source, whose cid: addresses lead nowhere.
        await page.SetContentAsync(mail.Rendered.Html);
        var box = page.Locator(".deadline-cell");
        (await box.InnerTextAsync()).ShouldContain(language == "fr" ? "31 octobre 2026" : "31 October 2026");
        var seen = await box.EvaluateAsync<BoxStyle>(
            "e => { const s = getComputedStyle(e), r = e.getBoundingClientRect(); return { border: parseFloat(s.borderTopWidth), edge: s.borderTopColor, ground: s.backgroundColor, ink: s.color, left: r.left, right: r.right, height: r.height } }");
        seen.Border.ShouldBeGreaterThanOrEqualTo(2);
        seen.Left.ShouldBeGreaterThanOrEqualTo(0);
        seen.Right.ShouldBeLessThanOrEqualTo(width);
        seen.Height.ShouldBeGreaterThan(30);
        Contrast(seen.Ink, seen.Ground).ShouldBeGreaterThan(4.5);
        Contrast(seen.Edge, seen.Ground).ShouldBeGreaterThan(4.5);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        await PictureAsync(page, $"mail-legal-notice-{language}-{width}{(dark ? "-dark" : "")}.png");
    }

    // WCAG 2: relative luminance.
    private static double Contrast(string a, string b)
    {
        var (one, other) = (Luminance(a), Luminance(b));
        return (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);
    }

    private static double Luminance(string rgb)
    {
        var parts = rgb[(rgb.IndexOf('(') + 1)..].TrimEnd(')').Split(',').Take(3).Select(p => double.Parse(p, System.Globalization.CultureInfo.InvariantCulture) / 255)
            .Select(c => c <= 0.03928 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("RELANCE_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true });
    }

    private sealed class BoxStyle
    {
        public double Border { get; set; }
        public string Edge { get; set; } = "";
        public string Ground { get; set; } = "";
        public string Ink { get; set; } = "";
        public double Left { get; set; }
        public double Right { get; set; }
        public double Height { get; set; }
    }
}
